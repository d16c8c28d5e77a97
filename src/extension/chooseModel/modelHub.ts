// The hub as this window reaches it: the host of the settings, through the proxy and with the certificates that VS Code puts under
// Node's http and https for extensions.
import { HubConnection } from '../../models/hub/hubConnection';
import { AppError } from '../../shared/errors';
import type { Config } from '../settings/config';
import { SettingError } from '../settings/settings';

/** Whoever gets it disposes of it. Throws SettingError. */
export function modelHub(config: Pick<Config, 'get'>): HubConnection {
  try {
    return new HubConnection({
      host: config.get('model.host').trim(),
      token: process.env['HF_TOKEN'],
      proxyEnvironment: null,
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'setting-invalid')
      throw new SettingError('model.host', error.message);
    throw error;
  }
}
