import type { IncomingHttpHeaders } from 'node:http';
import type { Platform } from './platform.ts';

/** A page that the edge answers with before OpenRouter has seen the request. */
export interface EdgePage {
  status: number;
  html: string;
  /** How long the edge waited first. */
  afterMs: number;
}

/** https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-524/ */
const patienceMs = 100_000;

/** What the edge answers by itself; null when it lets the request pass. */
export function edgePage({ edge }: Platform, headers: IncomingHttpHeaders): EdgePage | null {
  if (edge.seesAttack) return page(429, 'Too Many Requests');
  if (Number(headers['content-length'] ?? 0) > edge.bodyLimitBytes) return page(413, 'Request Entity Too Large');
  return edge.givesUp ? page(524, 'A timeout occurred', patienceMs) : null;
}

function page(status: number, title: string, afterMs = 0): EdgePage {
  const html = [
    '<!DOCTYPE html>',
    '<html>',
    `<head><title>${status} ${title}</title></head>`,
    `<body><center><h1>${status} ${title}</h1></center><hr><center>the edge of the sandbox</center></body>`,
    '</html>',
    '',
  ].join('\n');
  return { status, html, afterMs };
}
