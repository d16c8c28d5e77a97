// The labels that the measurements of whole runs tag with.
import { labelSet } from '../unit/workspace/labelSetOf';

export const benchLabels = labelSet([
  'bug report',
  'feature request',
  'question',
  'praise',
  'planning',
  'hiring',
  'legal',
  'security',
]);
