// How much agents may ask for at once, and how much they are told: what they read costs their user, and fills their memory.

/** UTF-16 units of a text to classify. */
export const maxTextLength = 100_000;
/** Longer texts take the model several seconds. */
export const longTextLength = 20_000;
/** Of a search, a question, a path. */
export const maxQueryLength = 1_000;
export const maxPathLength = 4_096;
export const maxLabels = 100;
/** Also of a label set's name. */
export const maxNameLength = 200;
export const maxResults = 50;
export const defaultResults = 10;
/** UTF-16 units of an answer as a whole, and of one passage in it. */
export const maxAnswerLength = 16_000;
export const maxPassageLength = 600;
/** UTF-16 units of a list in a result, as JSON: two of them leave room for the rest of the answer. */
export const maxListLength = 6_000;
/** The same of the labels of a set, which are all that there is to tell of it. */
export const maxLabelsLength = 12_000;
