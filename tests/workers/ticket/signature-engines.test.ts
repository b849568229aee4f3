import { describeSignatureEngines } from '../../suites/signature-engines.ts';

const [wycheproof] = Object.values(
  import.meta.glob('../../../../shared/data/wycheproof-ed25519.json', { eager: true, import: 'default' }),
);

describeSignatureEngines({ wycheproof, runs: import.meta.env.TICKETMINT_FULL ? 10_000 : 200 });
