/* {"family": "devices"} */
const speech = new webkitSpeechRecognition(); speech.start();
