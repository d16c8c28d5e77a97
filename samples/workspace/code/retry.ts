// Calls a carrier with retries. Carriers answer 503 for minutes at a time, so the delay doubles and is randomised:
// without the jitter all workers come back in the same second and the carrier falls over again.

export interface RetryOptions {
  attempts: number;
  firstDelayMs: number;
}

export async function withRetry<T>(call: () => Promise<T>, { attempts, firstDelayMs }: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === attempts) throw error;
      const delay = firstDelayMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}
