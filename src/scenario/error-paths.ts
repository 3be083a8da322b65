import { failsAs } from '../checks/error-path.ts';
import { errorCatalogue, type ErrorPathId } from '../contract/errors/catalogue.ts';
import type { ErrorForm, ErrorRow, Skin } from '../contract/errors/row.ts';
import type { RequirementId } from '../contract/requirements.ts';
import { HarnessError } from '../errors.ts';
import { ionet } from '../provider.ts';
import { type Fitness, readFitness, refuseUnfit } from './fitness.ts';
import type { GivenName } from './given.ts';
import { type Request, type Scenario, scenario, type Step, type StepContext } from './scenario.ts';
import { answered, pin, refused } from './steps.ts';

type Body = Record<string, unknown>;

/** The rows of one inference API. */
export type InferenceErrorId<Api extends Skin> = Extract<ErrorPathId, `${Api}/${string}`>;

/** The rows of all other APIs. */
export type PlainErrorId = Exclude<ErrorPathId, `${Skin}/${string}`>;

export const errorPathIds = Object.keys(errorCatalogue) as ErrorPathId[];

/** How an error of an inference API is brought about. Without anything it is the ordinary request that fails. */
export interface InferenceProvocation {
  given?: GivenName;
  /** Other states of the world in which the same happens in another guise, by the name of the guise. */
  alsoGiven?: Record<string, GivenName>;
  /** Laid over the ordinary request, in the words of /chat/completions. */
  body?: Body | ((context: StepContext) => Body);
  /** The request in the API's own words, where translation would not do. */
  own?: Partial<Record<Skin, Body>>;
  /** Appended to the API's path. */
  below?: string;
  headers?: Record<string, string>;
  /** Asks for this model, so that it runs once and not for every model. */
  model?: string;
  /** What has to be so for the probe to mean anything. */
  fitness?: Fitness;
  /** APIs on which another row says what happens. */
  elsewhere?: Partial<Record<Skin, ErrorPathId>>;
}

/** How an error of one of the other APIs is brought about, beside the same call going well. */
export interface PlainProvocation {
  /** What has to be there first, e.g. something to read or delete. */
  before?: Scenario['steps'];
  /** The call going well. */
  well: Step | ((context: StepContext) => Step);
  /** The call that fails. */
  badly: Request | ((context: StepContext) => Request);
  given?: GivenName;
}

const ordinary: Body = {
  messages: [{ role: 'user', content: 'Reply with exactly: ok' }],
  max_tokens: 64,
  provider: pin,
};

/** Declares a scenario for each row that holds on the inference API `skin`. */
export function inferenceErrors(skin: Skin, provocations: Partial<Record<ErrorPathId, InferenceProvocation>>): void {
  for (const [id, provocation] of entries(provocations)) {
    const row: ErrorRow = errorCatalogue[id];
    const holds = row.endpoint === skin || row.alsoOn?.some((other) => other === skin);
    if (!holds || row.provocation.how === 'excluded' || provocation.elsewhere?.[skin] !== undefined) continue;
    const { given, alsoGiven = {}, body, own, below, headers, model, fitness } = provocation;
    const probe = (context: StepContext): Request => ({
      kind: 'inference',
      skin,
      body: own?.[skin] ?? {
        ...ordinary,
        ...(model && { model }),
        ...(typeof body === 'function' ? body(context) : body),
      },
      ...(own?.[skin] && { untranslated: true }),
      ...(below && { below }),
      ...(headers && { headers }),
    });
    const twin: Request = { kind: 'inference', skin, body: model ? { ...ordinary, model: ionet.models[0] } : ordinary };
    refuseStaged(id, row, [given, ...Object.values(alsoGiven)]);
    for (const [guise, circumstance] of [['', given] as const, ...Object.entries(alsoGiven)]) {
      scenario({
        id: inferenceId(id, skin, guise),
        ...declarationOf(id, row),
        modes: modesOf[row.form],
        ...(model !== undefined && { scope: 'account' }),
        steps: [
          ...(fitness ? [readFitness(fitness)] : []),
          answered(twin),
          (context) => {
            if (fitness) refuseUnfit(fitness, context.earlier[0], context.model);
            return refused(
              probe(context),
              { status: row.status, errorPath: { id, row } },
              { ...(circumstance && { given: circumstance }), checks: failsAs(id, row, skin) },
            );
          },
        ],
      });
    }
  }
}

/** Declares a scenario for each row of an API that is not about inference. */
export function plainErrors(provocations: Partial<Record<ErrorPathId, PlainProvocation>>): void {
  for (const [id, { before = [], well, badly, given }] of entries(provocations)) {
    const row: ErrorRow = errorCatalogue[id];
    if (row.provocation.how === 'excluded') continue;
    refuseStaged(id, row, [given]);
    scenario({
      id: plainId(id),
      ...declarationOf(id, row),
      scope: 'account',
      modes: 'none',
      steps: [
        ...before,
        well,
        (context) =>
          refused(
            typeof badly === 'function' ? badly(context) : badly,
            { status: row.status, errorPath: { id, row } },
            {
              given: given ?? 'management-key',
              checks: failsAs(id, row, 'chat'),
            },
          ),
      ],
    });
  }
}

/** A row that is said to be provoked live must not need a trouble that only the sandbox has. */
function refuseStaged(id: ErrorPathId, { provocation }: ErrorRow, givens: readonly (GivenName | undefined)[]): void {
  if (provocation.how === 'live' && givens.some((given) => given?.includes('incident:'))) {
    throw new HarnessError('E_SUITE', `${id} is catalogued as provoked live, but its given is staged in the sandbox.`);
  }
}

/** `<api>-errors/<what happens>`, with the API it is documented for in front where that is another one. */
function inferenceId(id: ErrorPathId, skin: Skin, guise: string): Scenario['id'] {
  const [api = '', name = ''] = id.toLowerCase().split('/');
  return `${skin}-errors/${[api === skin ? '' : api, name, guise].filter(Boolean).join('-')}`;
}

/** `<family>-errors/<operation>-<what happens>` */
function plainId(id: ErrorPathId): Scenario['id'] {
  const [endpoint = '', name = ''] = id.split('/');
  const [family, ...operation] = endpoint.split('.');
  return `${family}-errors/${[...operation, name].join('-')}`;
}

function declarationOf(
  id: ErrorPathId,
  row: ErrorRow,
): Pick<Scenario, 'says' | 'proves' | 'sandboxOnly' | 'errorPath'> {
  return {
    says: row.says,
    proves: provenBy(row),
    errorPath: id,
    ...(row.provocation.how === 'sandbox-only' && { sandboxOnly: row.provocation.because }),
  };
}

const modesOf: Record<ErrorForm, NonNullable<Scenario['modes']>> = {
  envelope: 'both',
  edge: 'both',
  'shortened-answer': 'both',
  silent: 'both',
  'mid-stream': 'stream',
  'responses-event': 'stream',
  'messages-event': 'stream',
  truncated: 'stream',
  choice: 'json',
  'failed-object': 'json',
};

function provenBy({ status: [status], form }: ErrorRow): [RequirementId, ...RequirementId[]] {
  if (status === 200) return ['errors.in-band'];
  if (form === 'edge') return ['errors.envelope'];
  const own: Partial<Record<number, RequirementId>> = {
    401: 'errors.401',
    402: 'errors.402',
    404: 'errors.404',
    429: 'errors.429',
  };
  const by = own[status];
  return by === undefined
    ? ['errors.envelope', 'errors.code-is-status']
    : [by, 'errors.envelope', 'errors.code-is-status'];
}

function entries<Value>(table: Partial<Record<ErrorPathId, Value>>): [ErrorPathId, Value][] {
  return Object.entries(table) as [ErrorPathId, Value][];
}
