import { join } from 'node:path';
import { MockAgent, SnapshotAgent } from 'undici';
import type { Tool } from '../tool.ts';
import { serving } from './loopback.ts';
import { undiciPlayer } from './players.ts';

export const snapshotAgent: Tool = {
  name: 'undici SnapshotAgent, undici.request',
  async prepare(material, kind, { folder }) {
    const snapshotPath = join(folder, 'snapshots.json');
    let recordedAt = '';
    await serving(material.answers[kind], async (origin) => {
      recordedAt = origin;
      const recorder = new SnapshotAgent({ mode: 'record', snapshotPath });
      await undiciPlayer(recorder, origin, material).ask();
      await recorder.saveSnapshots();
      await recorder.close();
    });
    const agent = new SnapshotAgent({ mode: 'playback', snapshotPath });
    return undiciPlayer(agent, recordedAt, material);
  },
};

export const mockAgent: Tool = {
  name: 'undici MockAgent, undici.request',
  async prepare(material, kind) {
    const { origin, request, answers } = material;
    const { contentType, chunks } = answers[kind];
    const agent = new MockAgent();
    agent.disableNetConnect();
    agent
      .get(origin)
      .intercept({ method: request.method, path: request.path, body: request.body })
      .reply(200, chunks.join(''), { headers: { 'content-type': contentType } })
      .persist();
    return undiciPlayer(agent, origin, material);
  },
};
