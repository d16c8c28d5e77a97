import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import type { Answer, AnswerPassage } from '../../../../src/extension/answers/answer';
import { AnswerNode } from '../../../../src/extension/answers/answerNode';

const passage = (text: string): AnswerPassage => ({
  uri: { path: '/a.md' } as unknown as vscode.Uri,
  start: 0,
  end: text.length,
  text,
  line: 1,
  score: null,
});
const answer: Answer = {
  kind: 'check',
  title: 'The sky is green.',
  notice: 'Finds related passages, does not judge.',
  children: [{ title: 'contradicts', children: [passage('blue'), passage('grey')] }, passage('sea')],
  again: () => Promise.resolve(null),
};
const root = new AnswerNode('7', { type: 'answer', answer });

describe('the rows of an answer', () => {
  it('begin with what has to be said of it', () => {
    expect(root.children.map(({ row }) => row.type)).toEqual(['note', 'group', 'passage']);
    const silent: Answer = {
      kind: 'passages',
      title: 'sky',
      children: [passage('blue')],
      again: () => Promise.resolve(null),
    };
    expect(new AnswerNode('8', { type: 'answer', answer: silent }).children.map(({ row }) => row.type)).toEqual([
      'passage',
    ]);
  });

  it('have ids of their own below that of the answer', () => {
    const all = (node: AnswerNode): string[] => [node.id, ...node.children.flatMap(all)];
    expect(all(root)).toEqual(['7', '7/0', '7/1', '7/1/0', '7/1/1', '7/2']);
  });

  it('know their answer, and the passages below them', () => {
    const [, group, last] = root.children;
    expect(group?.children[1]?.root).toBe(root);
    const texts = (node?: AnswerNode) => node?.passages().map(({ text }) => text);
    expect(texts(root)).toEqual(['blue', 'grey', 'sea']);
    expect(texts(group)).toEqual(['blue', 'grey']);
    expect(texts(last)).toEqual(['sea']);
    expect(texts(root.children[0])).toEqual([]);
  });

  it('go as deep as groups do', () => {
    const table: Answer = {
      ...answer,
      children: [{ title: 'The sky is green.', isClosed: true, children: answer.children }],
    };
    const [, statement] = new AnswerNode('9', { type: 'answer', answer: table }).children;
    expect(statement?.children[0]?.children[1]?.id).toBe('9/1/0/1');
    expect(statement?.passages().map(({ text }) => text)).toEqual(['blue', 'grey', 'sea']);
  });
});
