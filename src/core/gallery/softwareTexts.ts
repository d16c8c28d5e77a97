// Texts of software projects: sets of the gallery. Figures are those of `npm run bench -- gallery` (docs/GALLERY.md).
import type { GallerySet } from './gallerySet';

export const softwareTexts: readonly GallerySet[] = [
  {
    name: 'repository documents',
    about: 'Kinds of documents of a software project',
    example: 'Fork the repository, make a branch, and run the tests before you open a pull request.',
    quality: { texts: 30, microF1: 0.764, macroF1: 0.732 },
    entry: {
      mode: 'single-label',
      threshold: 0.45,
      labels: {
        readme: { description: 'says what the project is, how to install and use it' },
        changelog: { description: 'versions with what was added, changed and fixed' },
        'contributing guide': { description: 'how to contribute, send patches and pull requests' },
        architecture: { description: 'how the software is designed and why it was decided so' },
        'api reference': { description: 'functions, parameters, return values and errors' },
        tutorial: { description: 'teaches step by step' },
        license: { description: 'terms under which the software may be used and copied' },
        'security policy': { description: 'how to report vulnerabilities' },
        'code of conduct': { description: 'how people in the community should behave' },
        issue: { description: 'a bug report, question or wish of a user' },
        'test plan': { description: 'test cases and when a test passes' },
      },
    },
  },
  {
    name: 'commit types',
    about: 'What a commit message says was done',
    example: 'Handle null addresses instead of throwing',
    quality: { texts: 30, microF1: 0.538, macroF1: 0.478 },
    entry: {
      mode: 'single-label',
      threshold: 0.55,
      labels: {
        feature: { description: 'add, support, introduce, let users do something new' },
        fix: { description: 'fix a bug, crash or wrong result' },
        documentation: { description: 'readme, guide, changelog, typos, comments' },
        refactoring: { description: 'move, extract, rename, simplify code without changing behaviour' },
        test: { description: 'unit tests, fixtures, snapshots' },
        performance: { description: 'faster, cache, less memory' },
        build: { description: 'dependencies, CI, Docker, release' },
        style: { description: 'format, indentation, whitespace, sort imports' },
        revert: { description: 'undo an earlier commit' },
      },
    },
  },
  {
    name: 'code comments',
    about: 'What a comment in code is for',
    example: '// FIXME: breaks for negative numbers',
    quality: { texts: 30, microF1: 0.545, macroF1: 0.587 },
    entry: {
      mode: 'single-label',
      threshold: 0.45,
      labels: {
        todo: { description: 'TODO, FIXME, later, write this' },
        reason: { description: 'because, why, on purpose, so that' },
        'api documentation': { description: '@param, @returns, Args, Raises, Returns the' },
        'license header': { description: 'copyright, license, SPDX' },
        'commented-out code': { description: 'const x = f(); if (a) { return b; }' },
        workaround: { description: 'hack, temporary, works around a bug of a browser or library' },
        warning: { description: 'WARNING, danger, careful, do not, never' },
        deprecation: { description: 'deprecated, obsolete, use another one instead' },
        'tool directive': { description: 'eslint-disable, type: ignore, noqa, ts-expect-error' },
      },
    },
  },
];
