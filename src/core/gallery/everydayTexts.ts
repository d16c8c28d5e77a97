// Texts of customers, readers and offices: sets of the gallery. Figures are those of `npm run bench -- gallery` (docs/GALLERY.md).
import type { GallerySet } from './gallerySet';

export const everydayTexts: readonly GallerySet[] = [
  {
    name: 'sentiment and aspects',
    about: 'Whether reviewers are pleased, and with what',
    example: 'The boots are warm and light, but the parcel took three weeks.',
    quality: { texts: 30, microF1: 0.618, macroF1: 0.603 },
    entry: {
      mode: 'multi-label',
      threshold: 0.5,
      exclusive: ['sentiment'],
      labels: {
        sentiment: ['positive', 'negative'],
        aspect: ['price', 'quality', 'delivery', 'customer service', 'ease of use', 'design'],
      },
    },
  },
  {
    name: 'news topics',
    about: 'What an article is about',
    example: 'The central bank left interest rates where they are, and shares rose.',
    quality: { texts: 30, microF1: 0.789, macroF1: 0.808 },
    entry: {
      mode: 'multi-label',
      threshold: 0.35,
      labels: {
        politics: { description: 'government, parliament, elections, ministers and laws' },
        business: { description: 'companies, markets, prices, jobs and banks' },
        technology: { description: 'software, devices, chips and the internet' },
        science: { description: 'research and discoveries' },
        health: { description: 'illness, medicine, hospitals and healthy living' },
        sports: { description: 'matches, clubs, athletes and championships' },
        entertainment: { description: 'film, music, television, theatre and celebrities' },
        environment: { description: 'nature, climate and pollution' },
        crime: { description: 'police, courts, theft, fraud and violence' },
        education: { description: 'schools, universities, teachers and students' },
      },
    },
  },
  {
    name: 'support tickets',
    about: 'What customers ask for',
    example: 'I sent the jacket back two weeks ago. When do I get my money?',
    quality: { texts: 30, microF1: 0.654, macroF1: 0.601 },
    entry: {
      mode: 'multi-label',
      threshold: 0.7,
      labels: {
        'login problem': { description: 'cannot sign in' },
        refund: { description: 'money back' },
        'billing question': { description: 'invoice, bill or charge' },
        'delivery problem': { description: 'parcel late, lost or damaged' },
        cancellation: { description: 'cancel, end or close' },
        'bug report': { description: 'crash or error in the software' },
        'feature request': { description: 'please add something new' },
        'how-to question': { description: 'how do I, where can I' },
      },
    },
  },
  {
    name: 'office documents',
    about: 'Kinds of business papers',
    example: 'Invoice 118: consulting in May, 12 hours at 95.00, payable within 14 days.',
    quality: { texts: 30, microF1: 0.815, macroF1: 0.801 },
    entry: {
      mode: 'single-label',
      threshold: 0.35,
      labels: {
        invoice: { description: 'amount due, VAT, total, receipt' },
        quotation: { description: 'offer with prices, valid until' },
        'payment reminder': { description: 'overdue, not paid yet, late fee' },
        contract: { description: 'agreement between parties, clauses' },
        'meeting minutes': { description: 'present, agenda items, votes, next meeting' },
        'job application': { description: 'applying for a position, curriculum vitae' },
        'letter of complaint': { description: 'customer complains and demands' },
        report: { description: 'figures, findings and recommendation' },
        policy: { description: 'rules for employees' },
        announcement: { description: 'news for colleagues' },
      },
    },
  },
  {
    name: 'meeting notes',
    about: 'Decisions, tasks, questions and risks in notes',
    example: 'Vote: seven for, one against. The fee stays at 20 euros.',
    quality: { texts: 30, microF1: 0.771, macroF1: 0.791 },
    entry: {
      mode: 'multi-label',
      threshold: 0.45,
      labels: {
        decision: { description: 'it was agreed, decided, approved or voted' },
        'action item': { description: 'somebody has to send, ask, write or book something' },
        'open question': { description: 'a question without an answer, nobody knows' },
        risk: { description: 'something might fail, be late or get lost' },
        progress: { description: 'how much is finished by now' },
        background: { description: 'how it came about years ago' },
      },
    },
  },
  {
    name: 'urgency',
    about: 'How soon somebody has to act',
    example: "The contract has to be at the notary's first thing tomorrow. Can you sign it tonight?",
    quality: { texts: 30, microF1: 0.9, macroF1: 0.902 },
    entry: {
      mode: 'single-label',
      threshold: 0.2,
      labels: {
        urgency: {
          critical: { description: 'emergency happening right now, act immediately' },
          high: { description: 'must be done today, tonight or tomorrow morning' },
          normal: { description: 'this week, next week or this month' },
          low: { description: 'for information only, no hurry, whenever you like' },
        },
      },
    },
  },
];
