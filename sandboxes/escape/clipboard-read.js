/* {"family": "devices"} */
navigator.clipboard.readText();
