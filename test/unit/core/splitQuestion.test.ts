import { expect, it } from 'vitest';
import { splitQuestion } from '../../../src/core/query/splitQuestion';

it.each([
  ['how are invoices paid', 'how are invoices paid', ''],
  ['how are invoices paid @label:finance', 'how are invoices paid', '@label:finance'],
  ['who pays? @label:"bug report" or @path:notes/ -@stale', 'who pays?', '@label:"bug report" or @path:notes/ -@stale'],
  ['who pays -@label:draft', 'who pays', '-@label:draft'],
  ['who pays (@label:a or @label:b)', 'who pays', '(@label:a or @label:b)'],
  ['who pays @none', 'who pays', '@none'],
  ['  who pays  @SCORE:.6 ', 'who pays', '@SCORE:.6'],
  ['@label:finance', '', '@label:finance'],
])('%s', (text, question, filter) => {
  expect(splitQuestion(text)).toEqual({ question, filter });
});

it.each(['mail to max@label:x', 'what does @Override do', 'who is @nonesuch', 'ask @label', 'meet at 5 @ noon'])(
  'leaves %s whole',
  (text) => {
    expect(splitQuestion(text)).toEqual({ question: text, filter: '' });
  },
);
