/* {"family": "webrtc", "watch": 1800} */
const peer = new RTCPeerConnection({}); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
