/** The type and subtype of a `content-type`, in lower case and without parameters; empty when there is none. */
export function mediaType(headers: Readonly<Record<string, string>> | undefined): string {
  return headers?.['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
