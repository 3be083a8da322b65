import type { Exchange } from '../exchange/exchange.ts';
import { type Finding, judge, type Subject } from './check.ts';
import { checks } from './checks.ts';
import { subjectOf } from './recognise.ts';

/**
 * Puts one exchange through every check that applies to it. Which API it spoke to is recognised from its path. Nothing found means that
 * nothing is broken, of what can be seen from this exchange and the evidence.
 *
 * @param around what is expected of the answer beyond what always holds, and what was looked up about it, e.g. its generation record
 */
export function check(exchange: Exchange, around: Partial<Pick<Subject, 'expect' | 'evidence'>> = {}): Finding[] {
  return judge(checks, subjectOf(exchange, around));
}
