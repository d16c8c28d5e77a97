// The windows in which the suites run: one entry is one VS Code, with the tests of the folder of the same name.

export interface SuiteDefinition {
  /** Folder of test/vscode that holds the *.test.ts files. */
  readonly name: string;
  /** Below test/vscode/fixtures; null for a window without a folder. */
  readonly workspace: string | null;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export const suites: readonly SuiteDefinition[] = [{ name: 'folder', workspace: 'folder' }];
