// Names of the formats of `glitag tag`; output.ts makes them.

export const formats = ['tree', 'json', 'jsonl', 'csv', 'sarif'] as const;
