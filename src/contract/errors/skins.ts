/** The other inference APIs on which an error of /chat/completions happens too, for `alsoOn`. */
export const onAll = ['responses', 'messages', 'completions'] as const;
export const onResponsesAndMessages = ['responses', 'messages'] as const;
export const onResponsesAndCompletions = ['responses', 'completions'] as const;
export const onResponses = ['responses'] as const;
