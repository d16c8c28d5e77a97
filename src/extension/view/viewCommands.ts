// The commands of the Tags view: what its rows do, how they are grouped, sorted and filtered.
import type { CommandHandlers } from '../host/commands';
import type { CommandId } from '../host/names';
import type { RowActions } from './rowActions';
import type { ViewFeed } from './viewFeed';

type ViewCommand = Extract<
  CommandId,
  | 'glitag.showInView'
  | 'glitag.openRow'
  | 'glitag.openRowToSide'
  | 'glitag.tagAgain'
  | 'glitag.excludeRow'
  | 'glitag.revealInExplorer'
  | 'glitag.addExample'
  | 'glitag.nextPassage'
  | 'glitag.previousPassage'
  | 'glitag.filter'
  | 'glitag.groupByFile'
  | 'glitag.groupByFolder'
  | 'glitag.groupByLabel'
  | 'glitag.groupByReview'
  | 'glitag.sortByNewest'
  | 'glitag.sortByName'
  | 'glitag.sortByScore'
  | 'glitag.collapseAll'
>;

export function viewCommands(feed: ViewFeed, rows: RowActions): Pick<CommandHandlers, ViewCommand> {
  return {
    'glitag.showInView': (uri) => (uri ? feed.reveal(uri.toString()) : undefined),
    'glitag.openRow': (_uri, _uris, row) => rows.open(row, false),
    'glitag.openRowToSide': (_uri, _uris, row) => rows.open(row, true),
    'glitag.tagAgain': (_uri, _uris, row) => rows.tagAgain(row),
    'glitag.excludeRow': (_uri, _uris, row) => rows.exclude(row),
    'glitag.revealInExplorer': (_uri, _uris, row) => rows.revealInExplorer(row),
    'glitag.addExample': (_uri, _uris, row) => rows.addExample(row),
    'glitag.nextPassage': (_uri, _uris, row) => rows.step(row, 1),
    'glitag.previousPassage': (_uri, _uris, row) => rows.step(row, -1),
    'glitag.filter': () => feed.filter(),
    'glitag.groupByFile': () => feed.groupBy('file'),
    'glitag.groupByFolder': () => feed.groupBy('folder'),
    'glitag.groupByLabel': () => feed.groupBy('label'),
    'glitag.groupByReview': () => feed.groupBy('review'),
    'glitag.sortByNewest': () => feed.sortBy('newest'),
    'glitag.sortByName': () => feed.sortBy('name'),
    'glitag.sortByScore': () => feed.sortBy('score'),
    'glitag.collapseAll': () => {
      feed.collapseAll();
    },
  };
}
