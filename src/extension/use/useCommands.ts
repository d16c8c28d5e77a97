// The commands that use tags: copy, export, go to file, front matter, forget. Each has the index read first.
import type { CommandHandlers } from '../host/commands';
import type { CommandId } from '../host/names';
import type { Activity } from '../host/activity';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { IndexHome } from '../results/indexHome';
import type { MemoryHome } from '../results/memoryHome';
import type { Results } from '../results/results';
import type { RowActions } from '../view/rowActions';
import type { IndexFile } from '../workspace/indexFile';
import { copyTags } from './copyTags';
import { exportTags } from './exportTags';
import { forgetTags } from './forgetTags';
import { goToFileByTag } from './goToFileByTag';
import type { FrontMatterWriter } from './writeFrontMatter';

type UseCommand = Extract<
  CommandId,
  | 'glitag.goToFileByTag'
  | 'glitag.copyTags'
  | 'glitag.exportTags'
  | 'glitag.writeFrontMatter'
  | 'glitag.writeAllFrontMatter'
  | 'glitag.writeAcceptedFrontMatter'
  | 'glitag.forgetTags'
>;

interface UseParts {
  readonly index: IndexHome;
  readonly memory: MemoryHome;
  readonly file: IndexFile;
  readonly results: Results;
  readonly labelSets: LabelSets;
  readonly activity: Activity;
  readonly reporter: Reporter;
  readonly rows: RowActions;
  readonly frontMatter: FrontMatterWriter;
}

export function useCommands(parts: UseParts): Pick<CommandHandlers, UseCommand> {
  const { index, memory, file, results, labelSets, activity, reporter, rows, frontMatter } = parts;
  return {
    'glitag.goToFileByTag': async () => {
      await index.load();
      await goToFileByTag(results, labelSets, reporter);
    },
    'glitag.copyTags': async (uri, uris, row) => {
      await index.load();
      if (!(await rows.copyTags(row))) await copyTags(results, reporter, uri, uris);
    },
    'glitag.exportTags': async () => {
      await index.load();
      await exportTags(results, labelSets, activity, reporter);
    },
    'glitag.writeFrontMatter': async (uri, uris) => {
      await index.load();
      await frontMatter.write(uri, uris);
    },
    'glitag.writeAllFrontMatter': async () => {
      await index.load();
      await frontMatter.writeAll();
    },
    'glitag.writeAcceptedFrontMatter': async () => {
      await index.load();
      await frontMatter.writeAccepted();
    },
    'glitag.forgetTags': () => forgetTags(file, memory, reporter),
  };
}
