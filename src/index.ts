/** What a suite is written with, and traffic judged. `docs/api.md` shows it at work. */
export type { Breach, Check, EvidenceName, Expectation, Finding, Subject } from './checks/check.ts';
export { check } from './checks/check-exchange.ts';
export { checks } from './checks/checks.ts';
export * from './checks/content.ts';
export * from './checks/listing.ts';
export type { Call, Exchange, WireExchange } from './exchange/exchange.ts';
export { readExchange } from './exchange/read-exchange.ts';
export { readAnswer } from './exchange/answer.ts';
export { ionet } from './provider.ts';
export {
  errorPathIds,
  type InferenceErrorId,
  type InferenceProvocation,
  inferenceErrors,
  type PlainErrorId,
  type PlainProvocation,
  plainErrors,
} from './scenario/error-paths.ts';
export { endpointFit, readFitness, refuseUnfit, retaining } from './scenario/fitness.ts';
export type { Request, Scenario, Step, StepContext } from './scenario/scenario.ts';
export { scenario } from './scenario/scenario.ts';
export {
  answered,
  chat,
  endpointListing,
  get,
  manage,
  onOwnKey,
  onSharedCapacity,
  otherProviderOf,
  ownTagOf,
  pin,
  refused,
  say,
  through,
} from './scenario/steps.ts';
