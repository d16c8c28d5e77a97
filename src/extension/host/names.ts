// The names that the manifest and the code share. Free of `vscode`, so that the manifest tests can read them.

/** Every command that the extension contributes; commands.ts demands a handler for each. */
export const commandIds = [
  'glitag.classifySelection',
  'glitag.classifyFile',
  'glitag.chooseLabelSet',
  'glitag.newLabelSet',
  'glitag.newLabelSetFromGallery',
  'glitag.suggestLabelSet',
  'glitag.editLabelSet',
  'glitag.showLog',
  'glitag.openSettings',
  'glitag.showMenu',
  'glitag.showInView',
  'glitag.openRow',
  'glitag.openRowToSide',
  'glitag.tagAgain',
  'glitag.excludeRow',
  'glitag.revealInExplorer',
  'glitag.addExample',
  'glitag.nextPassage',
  'glitag.previousPassage',
  'glitag.clearPassages',
  'glitag.showTable',
  'glitag.tagWorkspace',
  'glitag.tagFolder',
  'glitag.pauseRun',
  'glitag.resumeRun',
  'glitag.stopRun',
  'glitag.goToFileByTag',
  'glitag.copyTags',
  'glitag.exportTags',
  'glitag.chooseModel',
  'glitag.manageModels',
  'glitag.evaluateLabelSet',
  'glitag.trainModel',
  'glitag.setServerToken',
  'glitag.writeFrontMatter',
  'glitag.writeAllFrontMatter',
  'glitag.writeAcceptedFrontMatter',
  'glitag.forgetTags',
  'glitag.acceptTag',
  'glitag.rejectTag',
  'glitag.moveTag',
  'glitag.addTag',
  'glitag.noneFits',
  'glitag.takeBack',
  'glitag.acceptAbove',
  'glitag.undoDecision',
  'glitag.redoDecision',
  'glitag.nextToReview',
  'glitag.previousToReview',
  'glitag.exportDecisions',
  'glitag.importDecisions',
  'glitag.filter',
  'glitag.groupByFile',
  'glitag.groupByFolder',
  'glitag.groupByLabel',
  'glitag.groupByReview',
  'glitag.sortByNewest',
  'glitag.sortByName',
  'glitag.sortByScore',
  'glitag.collapseAll',
  'glitag.checkAgainstWorkspace',
  'glitag.checkAgainstFile',
  'glitag.checkAgainstSelection',
  'glitag.checkDocument',
  'glitag.findPassages',
  'glitag.rerankSearch',
  'glitag.openAnswer',
  'glitag.openAnswerToSide',
  'glitag.copyAnswer',
  'glitag.closeAnswer',
  'glitag.askAgain',
  'glitag.clearAnswers',
] as const;

export type CommandId = (typeof commandIds)[number];

/** Commands that only buttons of the extension itself call; the palette does not show them. */
export const hiddenCommandIds: readonly CommandId[] = ['glitag.showMenu', 'glitag.showInView'];

/** Every setting, without its prefix; config.ts demands a reader for each. */
export const settingNames = [
  'labelSets',
  'activeLabelSet',
  'include',
  'exclude',
  'maxFileSizeKb',
  'chunkTokens',
  'tagOnSave',
  'badges',
  'codeLens',
  'followEditor',
  'learn',
  'decisions.file',
  'decisions.author',
  'split',
  'mcpServer',
  'frontMatter.style',
  'frontMatter.key',
  'frontMatter.read',
  'model.path',
  'model.host',
  'models',
  'nodePath',
  'pythonPath',
  'threads',
  'memoryCeilingMb',
  'idleMinutes',
] as const;

export type SettingName = (typeof settingNames)[number];

export const settingPrefix = 'glitag';

/** Under which the editor is offered the server for agents. */
export const mcpProviderId = 'glitag.mcp';

export const viewContainerId = 'glitag';
export const viewId = 'glitag.tags';
export const answersViewId = 'glitag.answers';

/** Keys that `when` clauses and `enablement` of the manifest may use. */
export const contextKeys = {
  /** `idle`, `working` (a selection or a few files), `running` or `paused` (a run over folders). */
  state: 'glitag.state',
  /** Something is in the view. */
  hasResults: 'glitag.hasResults',
  /** `file`, `folder`, `label` or `review`. */
  groupBy: 'glitag.groupBy',
  /** `default`, `newest`, `name` or `score`. */
  sortBy: 'glitag.sortBy',
  /** The keyboard focus is in the page of the view. */
  viewFocus: 'glitag.viewFocus',
  /** The keyboard focus is in the tree. */
  treeFocus: 'glitag.treeFocus',
  /** A name is being typed in the tree: letters go on with it. */
  typeAhead: 'glitag.typeAhead',
  /** Kind of the tree's active row (`document`, `score`, …); empty where there is none. It stays while the focus is elsewhere. */
  row: 'glitag.row',
  /** The active editor has passages of a label, or of an answer, marked. */
  passages: 'glitag.passages',
  /** Something is in the view "Answers". */
  hasAnswers: 'glitag.hasAnswers',
} as const;

/** What the extension is at; the value of `glitag.state`. */
export type WorkState = 'idle' | 'working' | 'running' | 'paused';

/** Tasks that train a model; only the command starts them. */
export const trainTaskType = 'glitag.train';

/** Colour of the explorer badge, contributed so that themes can set it. */
export const badgeColorId = 'glitag.badgeForeground';
