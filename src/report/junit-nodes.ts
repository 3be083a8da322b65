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

/** The most bytes that a text can take up in a document, where `&quot;` is the longest that one byte becomes. */
export function escapedBytes(text: string): number {
  return Buffer.byteLength(text) + 5 * (text.match(/[&<>"\t\n\r]/g)?.length ?? 0);
}
