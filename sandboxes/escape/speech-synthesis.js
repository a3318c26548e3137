/* {"family": "devices"} */
speechSynthesis.speak(new SpeechSynthesisUtterance('canary'));
