import { child, childrenNamed, suitesOf, type XmlTree } from './xml.ts';

export interface DornyCase {
  suite: string;
  group: string;
  name: string;
  result: 'success' | 'skipped' | 'failed';
  /** Stands under the name of a failed case. */
  message: string | null;
}

/**
 * What dorny/test-reporter shows of the files of a job (reporter `java-junit`). It gives up, and with it the job's step, when a
 * suite or a case has no name, or a failure no attributes.
 *
 * Source: https://github.com/dorny/test-reporter, src/parsers/java-junit/java-junit-parser.ts (read 2026-11-23).
 */
export function readAsDorny(roots: readonly XmlTree[]): DornyCase[] {
  return roots.flatMap(suitesOf).flatMap((suite) =>
    childrenNamed(suite, 'testcase').map((element) => {
      const failure = child(element, 'failure') ?? child(element, 'error');
      const { classname = '' } = element.attributes;
      return {
        suite: nameOf(suite),
        group: classname === suite.attributes['name'] ? '' : classname,
        name: nameOf(element),
        result: failure ? 'failed' : child(element, 'skipped') ? 'skipped' : 'success',
        message: failure ? messageOf(failure) : null,
      };
    }),
  );
}

function nameOf({ name: tag, attributes: { name } }: XmlTree): string {
  if (name === undefined) throw new TypeError(`Cannot read properties of undefined: a ${tag} has no name.`);
  return name.trim();
}

function messageOf({ name: tag, attributes }: XmlTree): string {
  if (Object.keys(attributes).length === 0) {
    throw new TypeError(`Cannot read properties of undefined: a ${tag} has no attributes.`);
  }
  const { type, message } = attributes;
  return type === undefined ? String(message) : `${type}: ${String(message)}`;
}
