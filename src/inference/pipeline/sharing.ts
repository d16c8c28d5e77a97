// Which rows may share a pass, so that no row's numbers depend on the others.
import type { LoadedModel } from '../model/loadedModel';
import { padsFreely } from './runBatch';

/** `alone`: a row a pass. `equal`: rows of one length. `padded`: any rows. */
export type Sharing = 'alone' | 'equal' | 'padded';

export interface SharingModel {
  readonly folder: LoadedModel['folder'];
  readonly session: Pick<LoadedModel['session'], 'runtimeVersion'>;
}

/** From here on ONNX Runtime's attention over padded rows gives right numbers on CPUs. */
const rightPadding = [1, 22] as const;

/**
 * A scale that spans the pass makes neighbours and padding move the numbers (by up to .19 in vectors of norm 13, measured);
 * scales of single tokens do not. Poolers over all positions count padding, since upstream gives them no mask.
 */
export function sharingOf(model: SharingModel): Sharing {
  const { activations } = model.folder;
  if (activations === 'batch-scaled') return 'alone';
  // Fused attention, which such graphs hold, is what was wrong.
  if (activations === 'row-scaled' && !padsRightly(model.session.runtimeVersion)) return 'alone';
  return padsFreely(model) ? 'padded' : 'equal';
}

/** @param version Of ONNX Runtime; what cannot be read counts as old. */
export function padsRightly(version: string): boolean {
  const [major = NaN, minor = NaN] = version.split('.').map(Number);
  return major > rightPadding[0] || (major === rightPadding[0] && minor >= rightPadding[1]);
}

/**
 * Length to which rows of a row-scaled graph are padded, also a row that is alone: the kernels' sums over positions then
 * come out the same, to the last bit, whatever the length of the pass (docs/ENGINE.md).
 * @param longest Tokens of the longest row.
 */
export function paddedLength(longest: number, architecture: string = process.arch): number {
  const over = longest % 4;
  // x64: a product of one row takes positions by fours, then two and one, and only three left over come out otherwise.
  // ARM64: softmax takes whatever is left over one by one.
  const fits = architecture === 'arm64' ? over === 0 : over !== 3;
  return fits ? longest : longest + 4 - over;
}
