import { sandboxWorks } from './system-libraries.mjs';
import { tell } from './tell.mjs';

export const demoAccount = { email: 'admin@steward.example', password: 'steward-demo' };

/** Switches that this machine needs; the product itself never passes them. */
export function electronSwitches() {
  const switches = [];
  if (!sandboxWorks()) {
    tell("Chromium's sandbox cannot work for this user here: development runs with --no-sandbox");
    switches.push('--no-sandbox');
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    switches.push('--disable-gpu');
  return switches;
}
