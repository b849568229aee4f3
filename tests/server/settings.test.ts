import { describe, expect, test } from 'vitest';
import { parseSettings } from '../../server/settings.ts';

describe('settings', () => {
  test('serve at http://127.0.0.1:8787 on SQLite when nothing is set', () => {
    const settings = parseSettings({ PORT: '', UNKNOWN: 'x' });
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 8787,
      publicUrl: null,
      tls: null,
      logLevel: 'info',
      secret: null,
      firstAdmin: null,
    });
  });

  test.each([
    ['PORT', '70000', 'expected 0 to 65535'],
    ['PORT', 'http', 'expected a number'],
    ['PUBLIC_URL', 'tickets.example.org', 'expected http(s)://host[:port] without a path'],
    ['PUBLIC_URL', 'https://example.org/tickets', 'expected http(s)://host[:port] without a path'],
    ['TRUSTED_PROXIES', '10.0.0.0/99', 'expected addresses or networks'],
    ['TRUSTED_PROXIES', 'proxy', 'expected addresses or networks'],
    ['LOG_LEVEL', 'loud', 'expected one of'],
    ['DATABASE_URL', 'postgres://localhost/x', 'expected it unset'],
    ['TICKETMINT_SECRET', 'short', 'expected at least 32 characters'],
    ['TICKETMINT_ADMIN_EMAIL', 'nobody', 'expected an e-mail address'],
    ['TICKETMINT_ADMIN_PASSWORD', 'short', '12'],
    ['TLS_CERT_FILE', 'cert.pem', 'TLS_KEY_FILE: expected it together with TLS_CERT_FILE'],
  ])('name %s when it is %j, and what was expected', (name, value, expected) => {
    expect(() => parseSettings({ [name]: value })).toThrow(expected);
    expect(() => parseSettings({ [name]: value })).toThrow(name);
  });

  test('never repeat a value that is wrong', () => {
    expect(() => parseSettings({ TICKETMINT_ADMIN_PASSWORD: 'canary-77' })).not.toThrow('canary-77');
  });

  test('name all that is wrong at once', () => {
    expect(() => parseSettings({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
  });
});
