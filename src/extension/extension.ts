// Entry of the extension: builds the graph of objects top down. Nothing is spawned, scanned or read from disk here.
import * as vscode from 'vscode';
import { Activity } from './host/activity';
import { agentsRoom } from './agents/agentsRoom';
import { answerCommands } from './answers/answersRoom';
import { AnswersView } from './answers/answersView';
import type { GlitagApi } from './api/api';
import { Badges } from './editor/badges';
import { galleryCommands } from './gallery/galleryCommands';
import { checkCommands } from './check/checkRoom';
import { chooseModel } from './chooseModel/chooseModel';
import { manageModels } from './chooseModel/manageModels';
import { chooseLabelSet } from './labels/chooseLabelSet';
import { newLabelSet } from './labels/create/newLabelSet';
import { Tryout } from './labels/create/tryout';
import { editLabelSet } from './labels/editLabelSet';
import { LabelSetMistakes } from './labels/labelSetMistakes';
import { SettingsFiles } from './labels/settingsFiles';
import { TextClassifier } from './classify/classify';
import { classifyFile } from './classify/classifyFile';
import { classifySelection } from './classify/classifySelection';
import { Doubts } from './classify/doubts';
import { CodeLenses } from './editor/codeLenses';
import { registerCommands } from './host/commands';
import { Config } from './settings/config';
import { LabelSets } from './labels/labelSets';
import { Learning } from './learn/learning';
import { ScoreMoves } from './learn/scoreMoves';
import { TaughtModel } from './learn/taughtModel';
import { InstalledModels } from './models/installedModels';
import { ModelNote } from './models/modelNote';
import { Models } from './models/models';
import { setServerToken } from './models/setServerToken';
import { viewId } from './host/names';
import { publicApi } from './api/publicApi';
import { TagChanges } from './api/tagChanges';
import { Reporter } from './host/report';
import { IndexHome } from './results/indexHome';
import { MemoryHome } from './results/memoryHome';
import { Pinpointer } from './results/pinpointer';
import { Results } from './results/results';
import { Decisions } from './review/decisions';
import { ReviewRoom } from './review/reviewRoom';
import { ViewFeed } from './view/viewFeed';
import { ViewNotes } from './view/viewNotes';
import { PassageMarks } from './editor/passageMarks';
import { StatusBar } from './editor/statusBar';
import { FollowEditor } from './view/followEditor';
import { RowActions } from './view/rowActions';
import { TablePanel } from './view/tablePanel';
import { Tagger } from './classify/tagger';
import { TextTagger } from './classify/textTagger';
import { passageCommands } from './passages/passagesRoom';
import { copyTable } from './use/copyTable';
import { useCommands } from './use/useCommands';
import { FrontMatterWriter } from './use/writeFrontMatter';
import { acceptedSoFar } from './report/acceptedSoFar';
import { DecidedTexts } from './report/decidedTexts';
import { evaluateDecisions, evaluateLabelSet, type EvaluateParts } from './report/evaluateLabelSet';
import { ReportPanel } from './report/reportPanel';
import { TrainRoom } from './train/trainRoom';
import { ThresholdOffer } from './report/thresholdOffer';
import { useThresholds } from './report/useThresholds';
import { viewCommands } from './view/viewCommands';
import { TagsView } from './view/tagsView';
import { EditorFileTree } from './workspace/editorFileTree';
import { DocumentTexts } from './workspace/documentTexts';
import { FileEvents } from './workspace/fileEvents';
import { IndexFile } from './workspace/indexFile';
import { Rescorer } from './workspace/rescorer';
import { DiskWatch } from './workspace/diskWatch';
import { Runs } from './workspace/runs';
import { WorkspaceNote } from './workspace/workspaceNote';

let models: Models | null = null;

export function activate(context: vscode.ExtensionContext): GlitagApi {
  const started = performance.now();
  const log = vscode.window.createOutputChannel('GLiTag', { log: true });
  const reporter = new Reporter(log);
  const installed = new InstalledModels(context.globalStorageUri.fsPath);
  const config = new Config(log, installed);
  // Before the label sets: when settings change, names mean other models before sets ask for them.
  models = new Models(config, log, context.extensionPath, context.globalStorageUri.fsPath, installed, context.secrets);
  const labelSets = new LabelSets(config, log);
  const activity = new Activity();
  const taught = new TaughtModel(models);
  const tagger = new Tagger(taught, models, () => config.get('chunkTokens'));

  const storage = context.storageUri ?? context.globalStorageUri;
  const file = new IndexFile(storage, taught, config, reporter);
  const decisions = new Decisions(storage, context.workspaceState, labelSets, config, reporter);
  const tree = new EditorFileTree();
  const documents = new DocumentTexts(tree, config);
  const index = new IndexHome(file, labelSets, tagger, documents, decisions, log);
  const memory = new MemoryHome(labelSets, tagger, taught, decisions, log, () => documents.frontMatter);
  const rescorer = new Rescorer(file, config, models, activity);
  const pinpointer = new Pinpointer(taught);
  const results = new Results(memory, index, labelSets, pinpointer);
  labelSets.beforeSwitch(async (to, before, signal) => {
    if (!results.isEmpty) await models?.follow(to, before, signal);
    await rescorer.rescore(to, before, signal);
    await index.prepare(to, signal);
  });
  labelSets.beforeSwitch((to, _, signal) => memory.prepare(to, signal));
  const texts = new TextTagger(tagger, labelSets, memory, () => documents.frontMatter);

  const settingsFiles = new SettingsFiles(config, context.globalStorageUri);
  const openTryout = () => Tryout.open(tagger, documents, config.get('exclude'));
  const choosing = { config, labelSets, files: settingsFiles, models, installed, reporter };
  const notes = new ViewNotes();
  const feed = new ViewFeed((handlers) => new TagsView(context.extensionUri, handlers, log), {
    ...{ results, labelSets, models, activity, reporter, notes, decisions },
    taggedOtherwise: () => file.taggedOtherwise,
    scoreMoves: new ScoreMoves({ labelSets, decisions, file, models, reporter }),
    onShown: () => void index.load(),
  });
  const doubts = new Doubts({
    results,
    labelSets,
    models,
    reporter,
    tell: notes.teller('doubts'),
  });
  const runs = new Runs({
    ...{ tree, models, taught, config, labelSets, file, index, texts, activity, feed, doubts, reporter },
  });
  const note = new WorkspaceNote({
    ...{ tree, index, runs, labelSets, taught },
    tell: notes.teller('run'),
  });
  const classifier = new TextClassifier(texts, runs, labelSets, activity, feed, doubts);
  const learning = new Learning({
    ...{ decisions, labelSets, config, file, index, models, taught, runs, reporter },
    texts: documents,
    tell: notes.teller('learning'),
  });
  index.beforeRead = () => learning.begin();
  taught.beforeFirst = () => learning.begin();
  const statusBar = new StatusBar(activity, labelSets, results, learning, models);
  const passages = new PassageMarks(results, labelSets, reporter);
  const answers = new AnswersView();
  const table = new TablePanel({
    extensionUri: context.extensionUri,
    feed,
    results,
    labelSets,
    reporter,
    copy: (ids) => copyTable(ids, results, labelSets, activity),
  });
  const rows = new RowActions({
    ...{ results, labelSets, models, config, reporter, passages },
    activeRow: () => feed.activeRow,
    forget: (uri) => {
      index.remove(file.current?.store.removeDocuments(uri.toString()) ?? []);
      memory.forget(uri);
    },
  });
  const decidedTexts = new DecidedTexts({ labelSets, decisions, index, file, results, models });
  const review = new ReviewRoom({
    ...{ decisions, results, index, labelSets, config, reporter, passages, feed, texts: documents },
    memory: context.workspaceState,
    load: () => index.load(),
    open: (row) => rows.open(row, false),
    acceptedSoFar: () => acceptedSoFar(decidedTexts, labelSets.active(), activity),
  });
  const changes = new TagChanges(results);
  const finding = { labelSets, models, file, index, results, texts: documents };
  const report = new ReportPanel(context.extensionUri, reporter);
  const chunkTokens = () => config.get('chunkTokens');
  const evaluation: EvaluateParts = {
    ...{ labelSets, models, chunkTokens, activity, panel: report, decisions, texts: decidedTexts },
    useThresholds: (set, thresholds) => useThresholds(set, thresholds, labelSets, settingsFiles, reporter),
  };
  const train = new TrainRoom(
    { decisions, labelSets, models, decidedTexts, config, reporter, panel: report, documents, files: settingsFiles },
    context,
  );
  const frontMatter = new FrontMatterWriter({ results, labelSets, config, documents, activity, reporter });

  context.subscriptions.push(
    log,
    installed,
    config,
    labelSets,
    activity,
    file,
    decisions,
    index,
    memory,
    results,
    taught,
    taught.onDidChange(() => {
      pinpointer.forget();
    }),
    notes,
    doubts,
    feed,
    new ModelNote(labelSets, models, notes.teller('model')),
    new LabelSetMistakes(labelSets, settingsFiles, notes.teller('mistakes'), reporter),
    learning,
    statusBar,
    frontMatter,
    review,
    changes,
    passages,
    answers,
    table,
    report,
    train,
    new ThresholdOffer({
      ...{ labelSets, decisions, index, texts: decidedTexts, memory: context.workspaceState, reporter },
      tell: notes.teller('thresholds'),
      show: () => evaluateDecisions(evaluation),
    }),
    new FollowEditor(feed, config),
    note,
    runs,
    new DiskWatch({ tree, config, labelSets, file, index, runs, note, reporter }),
    new FileEvents(index, file, runs, decisions, config, reporter),
    agentsRoom(context, {
      labelSets,
      tagger,
      models,
      results,
      index,
      file,
      documents,
      config,
      installed,
      decisions,
      reporter,
    }),
    new Badges(config, results),
    new CodeLenses(config, results, labelSets),
    vscode.window.registerWebviewViewProvider(viewId, feed),
    registerCommands(
      {
        'glitag.classifySelection': () => classifySelection(classifier, reporter),
        'glitag.classifyFile': (uri, uris) => classifyFile(classifier, reporter, uri, uris),
        'glitag.chooseLabelSet': () =>
          chooseLabelSet({ labelSets, files: settingsFiles, index, file, activity, reporter }),
        'glitag.newLabelSet': () => newLabelSet(labelSets, settingsFiles, openTryout),
        'glitag.editLabelSet': () => editLabelSet(labelSets, settingsFiles),
        'glitag.showLog': () => {
          log.show();
        },
        'glitag.openSettings': () =>
          vscode.commands.executeCommand('workbench.action.openSettings', '@ext:glitag.glitag'),
        'glitag.showMenu': () => statusBar.showMenu(),
        'glitag.tagWorkspace': () => runs.tagWorkspace(),
        'glitag.tagFolder': (uri, uris) => runs.tagFolders(uris ?? (uri ? [uri] : undefined)),
        'glitag.pauseRun': () => {
          runs.pause();
        },
        'glitag.resumeRun': () => {
          runs.resume();
        },
        'glitag.stopRun': () => {
          activity.stop();
        },
        'glitag.showTable': async () => {
          await index.load();
          table.show();
        },
        'glitag.clearPassages': () => {
          passages.clear();
        },
        'glitag.chooseModel': () => chooseModel(choosing),
        'glitag.manageModels': () => manageModels(choosing),
        'glitag.evaluateLabelSet': (uri) => evaluateLabelSet(evaluation, uri),
        'glitag.trainModel': () => train.train(),
        'glitag.setServerToken': (server) => setServerToken(choosing, server),
        ...useCommands({ index, memory, file, results, labelSets, activity, reporter, rows, frontMatter }),
        ...galleryCommands({ ...choosing, tree, documents, activity, openTryout }),
        ...review.commands,
        ...viewCommands(feed, rows),
        ...checkCommands({ ...finding, notes: models.notes, activity, answers, reporter }),
        ...answerCommands(answers, passages, reporter),
        ...passageCommands({
          ...finding,
          config,
          tree,
          activity,
          reporter,
          view: answers,
          memory: context.workspaceState,
        }),
      },
      reporter,
    ),
  );
  log.debug(`activated in ${(performance.now() - started).toFixed(1)} ms`);
  return publicApi({
    ...{ tagger, labelSets, results, changes, decisions, review, reporter, passages: finding },
    load: () => index.load(),
  });
}

/** VS Code waits a moment for this; the child also ends by itself when its parent is gone. */
export async function deactivate(): Promise<void> {
  await models?.dispose();
  models = null;
}
