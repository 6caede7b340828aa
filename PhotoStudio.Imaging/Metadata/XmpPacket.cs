using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace PhotoStudio.Imaging.Metadata;

/// <summary>XMP packets (ISO 16684-1): the few properties that the studio reads and writes.</summary>
public static class XmpPacket
{
    /// <summary>The most characters that a packet is read of; a longer one counts as unreadable.</summary>
    private const int Longest = 4_000_000;

    internal static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    internal static readonly XNamespace IptcExtension = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XName SourceType = IptcExtension + "DigitalSourceType";

    /// <summary>A packet that says where a picture comes from (IPTC Photo Metadata Standard, "Digital Source Type").</summary>
    /// <param name="uri">The term's URI.</param>
    public static string WithDigitalSourceType(string uri) => Write([Property(SourceType, uri)]);

    /// <summary>The URI of the picture's digital source type; null when the packet says nothing of it or cannot be read.</summary>
    public static string? DigitalSourceType(ReadOnlySpan<byte> packet)
    {
        // Most packets say nothing of it and need no parsing.
        if (packet.IndexOf("DigitalSourceType"u8) < 0 || Parse(packet) is not { } document) return null;

        foreach (var description in document.Descendants(Rdf + "Description"))
        {
            if (description.Attribute(SourceType)?.Value is { Length: > 0 } attribute) return attribute.Trim();
            if (description.Element(SourceType) is not { } element) continue;
            if (element.Attribute(Rdf + "resource")?.Value is { Length: > 0 } resource) return resource.Trim();
            if (element.Value is { Length: > 0 } text) return text.Trim();
        }

        return null;
    }

    /// <summary>A packet with these properties of the picture.</summary>
    internal static string Write(IEnumerable<XElement> properties)
    {
        var description = new XElement(
            Rdf + "Description",
            new XAttribute(Rdf + "about", ""),
            new XAttribute(XNamespace.Xmlns + "Iptc4xmpExt", IptcExtension.NamespaceName),
            properties);
        var packet = new XElement(
            Meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", Meta.NamespaceName),
            new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf.NamespaceName), description));

        // ISO 16684-1, 7.3.2: the wrapper by which a scanner finds the packet in any file.
        return $"<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>{packet.ToString(SaveOptions.DisableFormatting)}<?xpacket end=\"r\"?>";
    }

    /// <summary>The packet as XML; null when it is none. No entity is ever resolved.</summary>
    internal static XDocument? Parse(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > Longest) return null;

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = Longest,
        };
        try
        {
            // Packets are padded with blanks and sometimes with zeros, for editing in place.
            using var text = new StringReader(Encoding.UTF8.GetString(packet).Trim('\uFEFF', '\0', ' ', '\r', '\n', '\t'));
            using var reader = XmlReader.Create(text, settings);
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    internal static XElement Property(XName name, string value) => new(name, value);
}
