// What the view says while it has nothing to show: what is missing, and the one button that gets it.
import type { TaggedOtherwise, ViewProgress, ViewRunCommand, ViewState } from '../../src/shared/viewMessages';
import { counted } from '../../src/core/countText';
import { button, element, foreign, show } from './dom';

export class Welcome {
  readonly element = element('div', 'welcome');
  private shown = '';

  constructor(private readonly run: (command: ViewRunCommand) => void) {
    this.element.hidden = true;
  }

  /** The keyboard goes to the first button. */
  focus(): void {
    this.element.querySelector('button')?.focus();
  }

  /** `state` is null until the host has told it; then nothing is said, so that nothing flashes. */
  update(state: ViewState | null, progress: ViewProgress | null, documents: number): void {
    const visible = state !== null && documents === 0;
    show(this.element, visible);
    if (!visible) return;
    // Drawn again only when it says something else: a focused button must stay.
    const { problem, labelSetName, labels, server, taggedOtherwise, notes, editorOpen, folderOpen } = state;
    const key = JSON.stringify([
      problem,
      notes,
      editorOpen,
      folderOpen,
      labelSetName,
      labels.length,
      server,
      progress !== null,
      taggedOtherwise,
    ]);
    if (key === this.shown) return;
    this.shown = key;
    this.element.replaceChildren(...this.content(state, progress));
  }

  private content(state: ViewState, progress: ViewProgress | null): Node[] {
    if (state.notes?.some(({ text }) => text === state.problem)) {
      return [
        element('h2', '', 'The label set has a mistake'),
        element('p', '', 'Correct it in the settings, or choose another one.'),
        this.action('Choose Label Set', 'chooseLabelSet', true),
      ];
    }
    if (state.problem !== null) {
      return [
        element('h2', '', 'GLiTag cannot tag here'),
        element('p', '', foreign(state.problem, '', 2000)),
        this.action('Show Log', 'showLog', true),
      ];
    }
    if (state.labelSetName === null) {
      return [
        element('h2', '', 'No label set chosen'),
        element(
          'p',
          '',
          'A label set says what to look for: topics, sentiment, kinds of documents, or labels of your own.',
        ),
        this.action('Choose Label Set', 'chooseLabelSet', true),
      ];
    }
    if (progress !== null) {
      return [element('p', 'muted', 'The first tags appear in a moment.')];
    }
    if (state.taggedOtherwise !== undefined) {
      return [
        element('h2', '', 'Not tagged with these labels yet'),
        element('p', '', ...otherwiseWords(state.taggedOtherwise, state.labelSetName)),
        ...(state.server === undefined ? [] : [element('p', '', ...sentTo(state.server))]),
        ...this.tagActions(state, 'tagWorkspace'),
        this.labelSetLine(state.labelSetName, state.labels.length),
      ];
    }
    return [
      element('h2', '', 'Nothing tagged yet'),
      element('p', '', `${whatCanBeTagged(state)} `, ...whereItRuns(state)),
      ...this.tagActions(state, 'classifySelection'),
      this.labelSetLine(state.labelSetName, state.labels.length),
    ];
  }

  /** Only what can be done now; the first one is the main one. */
  private tagActions({ editorOpen, folderOpen }: ViewState, main: ViewRunCommand): HTMLElement[] {
    const titles = { classifySelection: 'Tag Selection', tagWorkspace: 'Tag Workspace' } as const;
    const can = { classifySelection: editorOpen !== false, tagWorkspace: folderOpen !== false };
    const commands = (['classifySelection', 'tagWorkspace'] as const).filter((command) => can[command]);
    commands.sort((a, b) => Number(b === main) - Number(a === main));
    return commands.map((command, index) => this.action(titles[command], command, index === 0));
  }

  private labelSetLine(name: string, labels: number): HTMLElement {
    return element(
      'p',
      '',
      element('span', 'muted', 'Label set: ', foreign(name, '', 100), `, ${counted(labels, 'label')}. `),
      button('Change', 'link', () => {
        this.run('chooseLabelSet');
      }),
    );
  }

  private action(text: string, command: ViewRunCommand, primary: boolean): HTMLElement {
    return button(text, primary ? 'action' : 'action secondary', () => {
      this.run(command);
    });
  }
}

function whatCanBeTagged({ editorOpen, folderOpen }: ViewState): string {
  if (editorOpen === false && folderOpen === false) return 'Open a document, or a folder of them, to tag it.';
  if (editorOpen === false) return 'Tag all documents of the workspace, or open one to tag it or a part of it.';
  if (folderOpen === false) return 'Tag what is selected in the editor.';
  return 'Tag what is selected in the editor, or all documents of the workspace.';
}

function whereItRuns({ server }: ViewState): (Node | string)[] {
  return server === undefined ? ['It runs on this machine; no text leaves it.'] : sentTo(server);
}

function sentTo(server: string): (Node | string)[] {
  return ['Texts are sent to ', foreign(server), '.'];
}

/** The next run is cheap where the texts need not be read again, which nobody would guess. */
function otherwiseWords({ documents, textsKept }: TaggedOtherwise, labelSetName: string): (Node | string)[] {
  const one = documents === 1;
  const have = `${counted(documents, 'document')} ${one ? 'has' : 'have'} tags of other labels. `;
  const reading = one ? 'its text need not be read again' : 'their texts need not be read again';
  return [
    `${have}Tag the workspace to score ${one ? 'it' : 'them'} under “`,
    foreign(labelSetName, '', 100),
    textsKept ? `”; ${reading}.` : '”.',
  ];
}
