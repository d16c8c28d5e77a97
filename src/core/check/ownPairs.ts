// Statements and passages on which a model is tried before its verdicts are believed. None of them is in the data that docs/CHECK.md
// measures by, and none was chosen by what a model makes of it.
import { stances, type Stance } from './stance';

export interface OwnPair {
  readonly passage: string;
  readonly statement: string;
  readonly stance: Stance;
}

/** Raised when pairs or wordings change, so that models are tried again. */
export const ownPairsVersion = 1;

/** A passage, and for each stance a statement to which it stands so. */
const passages: readonly (readonly [passage: string, ...statements: [string, string, string]])[] = [
  [
    'The library lends books for four weeks. A loan can be renewed twice, unless somebody else is waiting for the book.',
    'Books may be kept for longer than four weeks if nobody else wants them.',
    'Loans cannot be renewed.',
    'The library has a reading room for children.',
  ],
  [
    'The installer needs 2 GB of free space and an account with administrator rights. Without these rights it stops with error 5.',
    'Error 5 appears when the account has too few rights.',
    'Any user can run the installer, whatever the rights.',
    'The installer is available in fourteen languages.',
  ],
  [
    'Maria paid the deposit on Monday, and the landlord confirmed on Tuesday that it had arrived.',
    'The landlord has received the deposit.',
    'Maria still owes the landlord the deposit.',
    'The flat has two bathrooms.',
  ],
  [
    'We compared both engines on the same texts. The new one was three times as fast and made the same number of mistakes.',
    'The new engine is quicker and no less accurate.',
    'The new engine is slower than the old one.',
    'Both engines were written by the same team.',
  ],
  [
    'The path along the river is closed until April because of the flood. Walkers can take the road through the forest.',
    'Because of high water one cannot walk along the river at present.',
    'The path along the river is open to walkers all winter.',
    'The road through the forest was built by monks.',
  ],
  [
    'The team chose the blue design after nine of twelve testers preferred it to the green one.',
    'Most testers liked the blue design better.',
    'The green design was chosen by the team.',
    'The testers were students of a nearby university.',
  ],
  [
    'Requests that fail are tried again up to five times, each time after a longer pause. Then the job is marked as failed.',
    'After five attempts without success the job counts as failed.',
    'A request that fails is never repeated.',
    'Jobs are stored in a database of their own.',
  ],
  [
    'The soup tasted wonderful, but the main course came cold, and we waited more than an hour for it.',
    'The guests had to wait long for the main course.',
    'The main course was served hot and without delay.',
    'The restaurant has a terrace with a view of the sea.',
  ],
  [
    'Contracts are kept for ten years in the archive in the basement and are shredded afterwards.',
    'A contract of twenty years ago has been destroyed by now.',
    'Contracts are kept for ever.',
    'The archive is looked after by two people.',
  ],
  [
    'The vaccine has to be stored at minus twenty degrees. At room temperature it spoils within six hours.',
    'The vaccine must be kept frozen.',
    'The vaccine keeps for weeks at room temperature.',
    'The vaccine is given in two doses.',
  ],
];

/** Each stance equally often. */
export const ownPairs: readonly OwnPair[] = passages.flatMap(([passage, ...statements]) =>
  statements.map((statement, at) => ({ passage, statement, stance: stances[at] ?? 'neither' })),
);
