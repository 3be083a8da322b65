import { expect, it, onTestFinished } from 'vitest';
import { onInterrupt } from './interrupt.ts';

it('asks for an orderly end once, although npm hands the same Ctrl-C on a second time', () => {
  let left = 0;
  const { signal, release } = onInterrupt(() => void (left += 1));
  onTestFinished(release);
  expect(signal.aborted).toBe(false);
  process.emit('SIGINT', 'SIGINT');
  process.emit('SIGINT', 'SIGINT');
  expect({ aborted: signal.aborted, left }).toEqual({ aborted: true, left: 0 });
});
