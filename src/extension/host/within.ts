// Waits for what is nice to have, but not for long. Free of `vscode`.

/** The value; undefined if it fails or takes longer. */
export async function within<T>(promise: PromiseLike<T>, deadlineMs: number): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(undefined);
    }, deadlineMs);
    const settle = (value: T | undefined) => {
      clearTimeout(timer);
      resolve(value);
    };
    promise.then(settle, () => {
      settle(undefined);
    });
  });
}
