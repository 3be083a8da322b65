import type { XmlTree } from './xml.ts';

interface Rule {
  required: readonly string[];
  optional: readonly string[];
  children: readonly string[];
  /** May hold text of its own. */
  text: boolean;
}

const outcome: Rule = { required: [], optional: ['type', 'message'], children: [], text: true };
const output: Rule = { required: [], optional: [], children: [], text: true };
const rerun: Rule = {
  required: ['type'],
  optional: ['message'],
  children: ['stackTrace', 'system-out', 'system-err'],
  text: true,
};

/**
 * The schema that most tools mean by JUnit XML, as a table; none of what it leaves to order matters to these files.
 *
 * Source: https://github.com/jenkinsci/xunit-plugin, src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 * (read 2026-11-23).
 */
const rules: Readonly<Record<string, Rule>> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
    text: false,
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
    text: false,
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: [
      'skipped',
      'error',
      'failure',
      'rerunFailure',
      'rerunError',
      'flakyFailure',
      'flakyError',
      'system-out',
      'system-err',
    ],
    text: false,
  },
  properties: { required: [], optional: [], children: ['property'], text: false },
  property: { required: ['name', 'value'], optional: [], children: [], text: false },
  failure: outcome,
  error: outcome,
  skipped: outcome,
  'system-out': output,
  'system-err': output,
  flakyFailure: rerun,
  flakyError: rerun,
  rerunFailure: rerun,
  rerunError: rerun,
};

const suiteTime = /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/;

/** Where our files go beyond the schema, and why. */
export const knownExceptions: Readonly<Record<string, string>> = {
  'testsuites may not have the attribute skipped': 'the builder sums it up, and every reader takes it or leaves it',
  'testcase may not have the attribute file': 'GitLab and mikepenz/action-junit-report link to it',
  'testcase may not have the attribute line': 'mikepenz/action-junit-report puts the annotation there',
  'testcase may not hold properties': 'Jenkins shows them where it is told to keep them, the others pass over them',
};

/** What the schema has against a document, each kind once. */
export function schemaViolations(root: XmlTree): string[] {
  const found = new Set<string>();
  const visit = (element: XmlTree) => {
    for (const violation of violations(element)) found.add(violation);
    element.children.forEach(visit);
  };
  if (root.name !== 'testsuites' && root.name !== 'testsuite') found.add(`${root.name} may not be the root`);
  visit(root);
  return [...found];
}

function violations({ name, attributes, children, text }: XmlTree): string[] {
  const rule = rules[name];
  if (rule === undefined) return [`${name} is not an element`];
  const known = new Set([...rule.required, ...rule.optional]);
  const isTime = (value: string) => name === 'testcase' || suiteTime.test(value);
  return [
    ...rule.required.filter((each) => !(each in attributes)).map((each) => `${name} needs the attribute ${each}`),
    ...Object.keys(attributes)
      .filter((each) => !known.has(each))
      .map((each) => `${name} may not have the attribute ${each}`),
    ...children.filter((each) => !rule.children.includes(each.name)).map((each) => `${name} may not hold ${each.name}`),
    ...(rule.text || text.trim() === '' ? [] : [`${name} may not hold text`]),
    ...(isTime(attributes['time'] ?? '') ? [] : [`${name} needs a time in seconds`]),
  ];
}
