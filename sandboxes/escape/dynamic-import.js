/* {"family": "scripts"} */
import('https://out.example/import.js');
