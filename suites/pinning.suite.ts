/**
 * Pinning a provider. https://openrouter.ai/docs/guides/routing/provider-selection
 *
 * A pin counts as proven only when router metadata and generation record both say who served.
 */
import {
  answered,
  chat,
  endpointListing,
  ionet,
  onOwnKey,
  otherProviderOf,
  ownTagOf,
  pin,
  refused,
  say,
  scenario,
} from '../src/index.ts';
import { citySchema, weatherTool } from './material.ts';

const hello = 'Reply with exactly: ok';

scenario({
  id: 'pinning/only-pins',
  says: '`provider.only` pins the request: io.net serves it, on the customer’s key.',
  proves: ['provider.only', 'guide.pin-provider'],
  steps: [answered(say(hello, { provider: { only: [ionet.slug] } }), onOwnKey)],
});

scenario({
  id: 'pinning/order-without-fallbacks-pins',
  says: '`provider.order` with `allow_fallbacks: false` is a pin too.',
  proves: ['provider.order', 'provider.allow-fallbacks'],
  steps: [answered(say(hello, { provider: { order: [ionet.slug], allow_fallbacks: false } }), onOwnKey)],
});

scenario({
  id: 'pinning/display-name-accepted',
  says: 'A provider may be named by its display name.',
  proves: ['provider.names'],
  steps: [answered(say(hello, { provider: { only: [ionet.name] } }), onOwnKey)],
});

scenario({
  id: 'pinning/endpoint-tag-accepted',
  says: 'A provider may be named by the tag of one of its endpoints.',
  proves: ['provider.endpoint-tag'],
  steps: [
    (context) => answered(endpointListing(context)),
    ({ earlier }) => answered(say(hello, { provider: { only: [ownTagOf(earlier[0])] } }), onOwnKey),
  ],
});

scenario({
  id: 'pinning/order-alone-prefers',
  says: '`provider.order` alone is a preference: with io.net ignored the request is served all the same, by another.',
  proves: ['provider.order', 'provider.ignore'],
  steps: [
    answered(say(hello, { provider: { order: [ionet.slug] } }), { servedBy: ionet.name, isByok: true }),
    answered(say(hello, { provider: { order: [ionet.slug], ignore: [ionet.slug] } }), { notServedBy: ionet.name }),
  ],
});

scenario({
  id: 'pinning/own-key-before-order',
  says: 'Endpoints on the customer’s key come first, whatever `provider.order` says.',
  proves: ['byok.before-order'],
  steps: [
    (context) => answered(endpointListing(context)),
    ({ earlier }) =>
      answered(say(hello, { provider: { order: [otherProviderOf(earlier[0])] } }), {
        servedBy: ionet.name,
        isByok: true,
      }),
  ],
});

scenario({
  id: 'pinning/ignore-keeps-out',
  says: '`provider.ignore` keeps io.net out: another provider serves.',
  proves: ['provider.ignore'],
  steps: [answered(say(hello, { provider: { ignore: [ionet.slug] } }), { notServedBy: ionet.name })],
});

scenario({
  id: 'pinning/unsatisfiable-pin-refused',
  says: 'A pin that no provider of the model satisfies is refused, not served by somebody else.',
  proves: ['provider.only', 'guide.404-not-allowed', 'errors.404'],
  steps: [
    refused(say(hello, { provider: { only: ['anthropic'] } }), {
      status: [404],
      message: /No allowed providers|No endpoints/,
    }),
    answered(say(hello, { provider: pin }), onOwnKey),
  ],
});

scenario({
  id: 'pinning/pinned-and-ignored-refused',
  says: 'A provider that is pinned and ignored at once leaves nobody: the request is refused.',
  proves: ['provider.ignore', 'guide.404-ignored', 'errors.404'],
  steps: [
    refused(say(hello, { provider: { ...pin, ignore: [ionet.slug] } }), {
      status: [404],
      message: /All providers have been ignored|No allowed providers|No endpoints/,
    }),
    answered(say(hello, { provider: pin }), onOwnKey),
  ],
});

scenario({
  id: 'pinning/several-turns-stay-pinned',
  says: 'Every turn of a conversation is served by the pinned provider.',
  proves: ['provider.only', 'api.messages'],
  steps: [
    answered(say('My name is Ada. Reply with exactly: noted', { provider: pin }), onOwnKey),
    answered(
      chat(
        [
          { role: 'user', content: 'My name is Ada. Reply with exactly: noted' },
          { role: 'assistant', content: 'noted' },
          { role: 'user', content: 'Reply with exactly: and again' },
        ],
        { provider: pin },
      ),
      onOwnKey,
    ),
  ],
});

scenario({
  id: 'pinning/tools-stay-pinned',
  says: 'A request with tools is served by the pinned provider.',
  proves: ['provider.only', 'api.tools'],
  requires: ['tools'],
  steps: [answered(say('What is the weather in Paris?', { provider: pin, tools: [weatherTool] }), onOwnKey)],
});

scenario({
  id: 'pinning/structured-output-stays-pinned',
  says: 'A request for structured output is served by the pinned provider.',
  proves: ['provider.only', 'api.structured-outputs'],
  requires: ['structured_outputs'],
  steps: [answered(say('Describe Paris.', { provider: pin, response_format: citySchema }), onOwnKey)],
});

scenario({
  id: 'pinning/reasoning-stays-pinned',
  says: 'A request with reasoning is served by the pinned provider.',
  proves: ['provider.only', 'api.reasoning'],
  requires: ['reasoning'],
  steps: [answered(say(hello, { provider: pin, reasoning: { effort: 'high' } }), onOwnKey)],
});
