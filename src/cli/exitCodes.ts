// What the shell sees.

export const exitCodes = {
  done: 0,
  /** Nothing could be tagged, or a check did not pass. */
  failed: 1,
  /** The command line or a file it names is wrong. */
  usage: 2,
} as const;
