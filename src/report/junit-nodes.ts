import junit, { type Builder, type TestCase } from 'junit-report-builder';

/** An element of the document under construction. */
export type XmlElement = ReturnType<TestCase['build']>;

interface Buildable {
  build(parent: XmlElement): XmlElement;
}

/** A builder of its own: the one the package exports is shared by the whole process. */
export function newBuilder(): Builder {
  return (junit as unknown as Builder).newBuilder();
}

/** Lets `extend` add to a node's element what the builder has no method for. */
export function extendNode(node: Buildable, extend: (element: XmlElement) => void): void {
  const build = node.build.bind(node);
  node.build = (parent) => {
    const element = build(parent);
    extend(element);
    return element;
  };
}

/**
 * Puts `text` into the child the builder made, or into a new one, and returns that child. The text is escaped rather than
 * CDATA, of which the builder splits only the first `]]>`.
 */
export function childText(element: XmlElement, name: string, text: string): XmlElement {
  const made = element.children.find((child) => 'name' in child && child.name === name);
  const child = made ? (made as XmlElement) : element.ele(name);
  if (text !== '') child.txt(text);
  return child;
}

/** Seconds with three decimals; as a plain number the builder would print 1e-7. */
export function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Bytes of a text between tags. */
export function textBytes(text: string): number {
  return Buffer.byteLength(text) + longestEscape * (text.match(/[&<>]/g)?.length ?? 0);
}

/** Bytes of a text as the value of an attribute. */
export function attributeBytes(text: string): number {
  return Buffer.byteLength(text) + longestEscape * (text.match(/[&<"\t\n\r]/g)?.length ?? 0);
}

/** `&quot;` in the place of a single byte. */
const longestEscape = 5;
