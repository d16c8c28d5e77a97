// Stands in for the module `vscode` where a test reads words and rows, and no workbench is at hand.

class Named {
  constructor(readonly id: string) {}
}

export const l10n = {
  t: (message: string, ...values: readonly unknown[]): string =>
    message.replace(/\{(\d+)\}/g, (_, at: string) => String(values[Number(at)])),
};
export const ThemeIcon = Named;
export const ThemeColor = Named;
