/* {"family": "scripts"} */
import('https://out.example/import.json', { with: { type: 'json' } });
