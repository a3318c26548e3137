/* {"family": "documents"} */
const xslt = new XSLTProcessor(); xslt.importStylesheet(new DOMParser().parseFromString('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><xsl:copy-of select="document(\'https://out.example/x.xml\')"/></xsl:template></xsl:stylesheet>', 'text/xml')); xslt.transformToDocument(document);
