import { copyable, counted, h } from './dom.js';
import { bodyView } from './json-view.js';
import { duration, streamPicture } from './stream-picture.js';

/** @import { StepSummary } from '../../events.ts' */

/**
 * One call and what came back.
 *
 * @param {StepSummary} step
 * @param {boolean} open
 */
export function exchangeView(step, open) {
  const { exchange, status, end, given, curl } = step;
  const ended = end === 'complete' ? '' : `, ${end}`;
  return h(
    'details',
    { class: 'exchange', open },
    h(
      'summary',
      {},
      h('span', { class: 'title' }, step.step),
      h('span', { class: 'status' }, `${status ?? 'no answer'}${ended}`),
      h('span', { class: 'size' }, `given: ${given}`),
      exchange && h('span', { class: 'size' }, duration(exchange.totalMs)),
    ),
    h(
      'div',
      { class: 'inside' },
      exchange?.endMessage !== undefined && h('p', { class: 'reason' }, exchange.endMessage),
      exchange?.chunks && streamPicture(exchange, step),
      ids(step),
      exchange && [
        part('Request', `${exchange.method} ${exchange.path}`, exchange.requestHeaders, exchange.requestBody),
        part(
          'Response',
          `${status ?? 'no answer'}, ${counted(exchange.responseBytes, 'byte')}`,
          exchange.responseHeaders,
          exchange.responseBody,
        ),
      ],
      h('h4', {}, 'Make this request again'),
      copyable(curl, 'curl command'),
    ),
  );
}

/** @param {StepSummary} step */
function ids({ generationId, requestId }) {
  if (generationId === undefined && requestId === undefined) return null;
  return h(
    'p',
    { class: 'ids' },
    generationId !== undefined && ['Generation ', h('code', {}, generationId), ' '],
    requestId !== undefined && ['Request id ', h('code', {}, requestId)],
  );
}

/**
 * @param {string} title
 * @param {string} line
 * @param {Record<string, string>} headers
 * @param {string | undefined} body
 */
function part(title, line, headers, body) {
  const names = Object.entries(headers);
  return h(
    'div',
    { class: 'part-of' },
    h('h4', {}, title, h('span', { class: 'subject' }, ` ${line}`)),
    names.length > 0 &&
      h(
        'details',
        { class: 'plain' },
        h('summary', {}, counted(names.length, 'header')),
        h(
          'dl',
          { class: 'headers' },
          names.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
        ),
      ),
    body !== undefined &&
      body !== '' &&
      h('details', { class: 'plain', open: true }, h('summary', {}, 'Body'), bodyView(body)),
  );
}
