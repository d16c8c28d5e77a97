// "Edit Label Set": the settings, at the set in use, or at what is wrong with it.
import type { LabelSets } from './labelSets';
import type { SettingsFiles } from './settingsFiles';

export async function editLabelSet(labelSets: LabelSets, files: SettingsFiles): Promise<void> {
  // The set that was chosen last may be the one in use only in a moment.
  await labelSets.settled();
  const { active, problem, broken } = labelSets.read();
  const mistake = problem === null ? undefined : (broken.find(({ message }) => message === problem) ?? broken[0]);
  await files.open(mistake ?? { steps: active ? [active.name] : [], key: true });
}
