import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element as a reader of reports gets it from its own parser. */
export interface XmlTree {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlTree[];
  /** Its own text, that of its children left out. */
  text: string;
}

type Raw = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  // The parser resolves &#xA; and its like only so.
  htmlEntities: true,
});

/** The root of a document, read by a parser that shares nothing with the builder. Throws when it is not well-formed. */
export function readXml(xml: string): XmlTree {
  const wellFormed = XMLValidator.validate(xml);
  if (wellFormed !== true) throw new Error(`Expected XML, but ${wellFormed.err.msg} in line ${wellFormed.err.line}.`);
  const roots = (parser.parse(xml) as Raw[]).filter((node) => !('?xml' in node)).flatMap(tree);
  const [root, ...others] = roots;
  if (root === undefined || others.length > 0) throw new Error(`Expected one root element, but found ${roots.length}.`);
  return root;
}

export function childrenNamed(element: XmlTree, name: string): XmlTree[] {
  return element.children.filter((child) => child.name === name);
}

export function child(element: XmlTree, name: string): XmlTree | undefined {
  return childrenNamed(element, name)[0];
}

/** The test suites of a document and their test cases, whether or not a `testsuites` element holds them. */
export function suitesOf(root: XmlTree): XmlTree[] {
  return root.name === 'testsuites' ? childrenNamed(root, 'testsuite') : [root];
}

function tree(node: Raw): XmlTree[] {
  const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
  if (name === undefined) return [];
  const inside = node[name] as Raw[];
  return [
    {
      name,
      attributes: (node[':@'] ?? {}) as Record<string, string>,
      children: inside.flatMap(tree),
      text: inside.map((each) => (typeof each['#text'] === 'string' ? each['#text'] : '')).join(''),
    },
  ];
}
