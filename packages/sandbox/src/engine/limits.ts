/** Work took longer than it may. */
class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/**
 * What work comes to, if it does within `ms` milliseconds of the monotonic clock: a jump of the time of day moves nothing.
 * @throws TimeLimitError where it takes longer; the work itself goes on, and what comes of it is dropped
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new TimeLimitError(`It took longer than ${ms / 1000} s.`)), ms);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
