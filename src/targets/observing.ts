import type { Dispatcher } from 'undici';

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** Told how an answer begins; an error ends the call with it. */
type OnAnswer = (status: number, headers: Headers) => Error | null;

/**
 * Looks at every request before it is sent, and at the beginning of its answer.
 *
 * @param look throws what the call is to end with instead of being sent; returns null when the answer does not matter
 */
export function observing(
  look: (options: Dispatcher.DispatchOptions) => OnAnswer | null,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const onAnswer = look(options);
    if (onAnswer === null) return dispatch(options, handler);
    return dispatch(options, {
      onRequestStart: (...start) => handler.onRequestStart?.(...start),
      onResponseStart(controller, status, headers, message) {
        const error = onAnswer(status, headers);
        if (error === null) handler.onResponseStart?.(controller, status, headers, message);
        else controller.abort(error);
      },
      onResponseData: (...data) => handler.onResponseData?.(...data),
      onResponseEnd: (...end) => handler.onResponseEnd?.(...end),
      onResponseError: (...failure) => handler.onResponseError?.(...failure),
    });
  };
}

/** The header's value; of one that came more than once the first. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
