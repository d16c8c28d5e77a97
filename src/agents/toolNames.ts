// What the tools are called, in the manifest as in the protocol. By itself, so that knowing it loads no schemas.

export const toolNames = [
  'glitag_classify',
  'glitag_find_by_tag',
  'glitag_find_passages',
  'glitag_label_sets',
] as const;

export type ToolName = (typeof toolNames)[number];
