import { manifests } from '../../channels/manifests.ts';
import { appsOf } from '../../store/channel-accounts.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { credentialForms } from './credential-fields.ts';
import { inParallel } from '../parallel.ts';

/** Of every channel, how an account of it is connected: what its credentials hold, and whether by consent at the provider. Rows in the manifests' order. */
export function listConnectable(load: LoadChannel): Promise<Record<string, unknown>[]> {
  return inParallel(manifests, async (manifest) => {
    const channel = await load(manifest.name);
    const byConsent = channel.oauth !== undefined && (await appsOf(manifest.name)).length > 0;
    return {
      channel: manifest.name,
      label: manifest.label,
      credentials: credentialForms(await channel.credentials()).map(({ kind, fields }) => ({
        kind: kind ?? null,
        fields,
      })),
      tells_external_id: channel.probe !== undefined,
      own_server: manifest.ownServer === true,
      pairing: channel.pairing !== undefined,
      consent: byConsent,
    };
  });
}
