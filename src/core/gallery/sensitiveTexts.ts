// Papers of research, and texts to be careful with: sets of the gallery. Figures are those of `npm run bench -- gallery` (docs/GALLERY.md).
import type { GallerySet } from './gallerySet';

export const sensitiveTexts: readonly GallerySet[] = [
  {
    name: 'research fields',
    about: 'Fields of abstracts and papers',
    example: 'We prove that every planar graph of girth six has a circular colouring.',
    quality: { texts: 30, microF1: 0.792, macroF1: 0.736 },
    entry: {
      mode: 'single-label',
      threshold: 0.5,
      labels: {
        engineering: { description: 'machines, materials and structures' },
        'natural sciences': {
          physics: { description: 'particles, light, matter and forces' },
          chemistry: { description: 'reactions, catalysts and compounds' },
          biology: { description: 'genes, animals, plants and evolution' },
          'earth science': { description: 'rocks, climate, oceans and volcanoes' },
        },
        'formal sciences': {
          mathematics: { description: 'theorems and proofs' },
          'computer science': { description: 'algorithms, software and machine learning' },
        },
        health: {
          medicine: { description: 'patients, diseases and treatment' },
        },
        'social sciences': {
          economics: { description: 'markets, prices and employment' },
          psychology: { description: 'memory, behaviour and emotions' },
          sociology: { description: 'groups, families and institutions' },
        },
        humanities: {
          history: { description: 'the past, letters and archives' },
          linguistics: { description: 'languages and grammar' },
          philosophy: { description: 'arguments, ethics and knowledge' },
        },
      },
    },
  },
  {
    name: 'toxicity',
    about: 'Insults, threats and hate in comments',
    example: 'You are a liar and a disgrace to this team.',
    quality: { texts: 30, microF1: 0.6, macroF1: 0.526 },
    entry: {
      mode: 'single-label',
      threshold: 0.5,
      labels: {
        insult: { description: 'calls somebody stupid, ugly, a liar or a loser' },
        threat: { description: 'announces violence against somebody' },
        'hate speech': {
          description: 'says that foreigners, women, gays, believers or disabled people are worth less',
        },
        swearing: { description: 'fuck, shit, damn, hell, bloody' },
        'sexual harassment': { description: "remarks about somebody's body, demands for sex or naked pictures" },
      },
    },
  },
  {
    name: 'privacy',
    about: 'Kinds of personal data in a text',
    example: 'Patient: Luis Ferrer, born 14 February 1968.',
    quality: { texts: 30, microF1: 0.62, macroF1: 0.644 },
    entry: {
      mode: 'multi-label',
      threshold: 0.85,
      labels: {
        health: { description: 'illness, treatment or disability of a person' },
        contact: {
          name: { description: 'name of a person' },
          address: { description: 'street and town where somebody lives' },
          'phone number': { description: 'telephone number' },
          'email address': { description: 'email address' },
        },
        identity: {
          'date of birth': { description: 'when somebody was born' },
          'identity document': { description: 'number of a passport, identity card, licence or tax file' },
        },
        finance: {
          'bank details': { description: 'account, IBAN or credit card number' },
          income: { description: 'what somebody earns' },
        },
        access: {
          password: { description: 'password, PIN, code or key' },
        },
      },
    },
  },
];
