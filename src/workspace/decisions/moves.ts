// What renames do to decisions: files and folders that move, labels with another name.
import type { DocumentKey } from '../../core/review/decision';
import type { Database } from '../store/database';
import { documentOf } from './decisionRows';

/** Whether the path ends as that of a part does (`row-3`) behind these characters: a name may have a `#` of its own (`C#/a.md` beside `C`). */
const hasPartKey = (before: string) => {
  const key = `substr(path, length(${before}) + 1)`;
  return `${key} GLOB '[a-z]*-[0-9]*' AND ltrim(rtrim(${key}, '0123456789'), 'abcdefghijklmnopqrstuvwxyz') = '-'`;
};

/** The document or folder ?2 of the root ?1, what is in it (?3 to ?4), and the parts of a file (?5 to ?6). */
const isOrIsIn = `root = ?1 AND (path = ?2 OR (path >= ?3 AND path < ?4) OR (path >= ?5 AND path < ?6 AND ${hasPartKey('?5')}))`;

/** Documents at `from` or in it, under their new names; where one had decisions there already, those on other keys stay. */
export function moveDocuments(database: Database, from: DocumentKey, to: DocumentKey): DocumentKey[] {
  if (from.root === to.root && from.path === to.path) return [];
  if (from.path !== '' && to.path !== '' && !hasDocuments(database, to)) {
    // Nothing is in the way, so that one statement moves a folder of any size.
    const sql = `UPDATE documents SET root = ?7, path = ?8 || substr(path, length(?2) + 1)
      WHERE ${isOrIsIn} RETURNING root, path`;
    return database.all(sql, ...placesIn(from), to.root, to.path).map(documentOf);
  }
  const found = database.all(`SELECT id, path FROM documents WHERE ${isOrIsIn}`, ...placesIn(from));
  return found.map((row) => {
    const place = { root: to.root, path: joined(to.path, String(row['path']).slice(from.path.length)) };
    moveDocument(database, Number(row['id']), place);
    return place;
  });
}

/** Parts of a file have other keys now (core/review/partMoves): all at once, so that parts may change places. */
export function moveParts(database: Database, { root, path }: DocumentKey, moves: ReadonlyMap<string, string>): void {
  const moving: { readonly id: number; readonly to: string }[] = [];
  for (const [from, to] of moves) {
    // No part is called so.
    const sql = "UPDATE documents SET path = path || ' moving' WHERE root = ? AND path = ? RETURNING id";
    const row = database.get(sql, root, `${path}#${from}`);
    if (row) moving.push({ id: Number(row['id']), to: `${path}#${to}` });
  }
  for (const { id, to } of moving) moveDocument(database, id, { root, path: to });
}

/** Where all that was decided there was taken back, a document is there still. */
function moveDocument(database: Database, id: number, { root, path }: DocumentKey): void {
  const there = database.get('SELECT id FROM documents WHERE root = ? AND path = ?', root, path);
  if (there) movePlaces(database, id, Number(there['id']));
  else database.run('UPDATE documents SET root = ?, path = ? WHERE id = ?', root, path, id);
}

function hasDocuments(database: Database, place: DocumentKey): boolean {
  return database.get(`SELECT 1 FROM documents WHERE ${isOrIsIn} LIMIT 1`, ...placesIn(place)) !== undefined;
}

/** For `isOrIsIn`: `0` is the character after `/`, `$` the one after `#`. An empty path is all of the root. */
function placesIn({ root, path }: DocumentKey): string[] {
  const below = path === '' ? ['', '\u{10ffff}'] : [`${path}/`, `${path}0`];
  return [root, path, ...below, `${path}#`, `${path}$`];
}

/** A folder's path may be empty: the workspace folder itself. */
function joined(folder: string, rest: string): string {
  if (folder === '') return rest.replace(/^\//, '');
  return /^(?:$|[/#])/.test(rest) ? folder + rest : `${folder}/${rest}`;
}

/** The document that moves wins: what was at its new place before is gone. */
function movePlaces(database: Database, from: number, to: number): void {
  for (const place of database.all('SELECT id, passage FROM places WHERE documentId = ?', from)) {
    const there = database.get(
      'SELECT id FROM places WHERE documentId = ? AND passage = ?',
      ...[to, String(place['passage'])],
    );
    const id = Number(place['id']);
    if (!there) {
      database.run('UPDATE places SET documentId = ? WHERE id = ?', to, id);
      continue;
    }
    const target = Number(there['id']);
    database.run(
      `DELETE FROM decisions WHERE placeId = ? AND (labelSet, label) IN (SELECT labelSet, label FROM decisions WHERE placeId = ?)`,
      ...[target, id],
    );
    database.run('UPDATE decisions SET placeId = ? WHERE placeId = ?', target, id);
    database.run('UPDATE changes SET placeId = ? WHERE placeId = ?', target, id);
  }
  database.run('DELETE FROM documents WHERE id = ?', from);
}

/** Returns how many decisions have the new name. Where a place has decisions on both names, those on the new one stay. */
export function renameLabel(database: Database, set: string, from: string, to: string): number {
  if (from === to) return 0;
  database.run(
    `DELETE FROM decisions WHERE labelSet = ?1 AND label = ?2
     AND placeId IN (SELECT placeId FROM decisions WHERE labelSet = ?1 AND label = ?3)`,
    ...[set, from, to],
  );
  // What was undone or can be undone goes on to fit.
  database.run('UPDATE changes SET label = ? WHERE labelSet = ? AND label = ?', to, set, from);
  return database.run('UPDATE decisions SET label = ? WHERE labelSet = ? AND label = ?', to, set, from).changes;
}
