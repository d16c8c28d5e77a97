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

/** The next event of this kind, from now on; `dispose` once nobody waits for it any more. */
export function nextEvent<T>(
  event: (listener: (value: T) => void) => { dispose(): unknown },
  isIt: (value: T) => boolean,
): { readonly came: Promise<true>; readonly dispose: () => void } {
  let settle: (value: true) => void = () => undefined;
  const came = new Promise<true>((resolve) => {
    settle = resolve;
  });
  const listening = event((value) => {
    if (isIt(value)) settle(true);
  });
  return { came, dispose: () => void listening.dispose() };
}
