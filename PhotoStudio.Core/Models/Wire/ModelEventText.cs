using System.Text.Json;

namespace PhotoStudio.Core.Models.Wire;

/// <summary>Events as server-sent events carry them.</summary>
public static class ModelEventText
{
    /// <summary>The event's name and its data, one line of JSON.</summary>
    public static (string Name, string Data) Write(ModelEvent news)
    {
        ArgumentNullException.ThrowIfNull(news);
        if (news.Progress is { } progress) return (ModelWire.ProgressEvent, JsonSerializer.Serialize(progress, ModelWireJson.Default.ModelProgress));
        if (news.Report is { } report) return (ModelWire.ResultEvent, JsonSerializer.Serialize(report, ModelWireJson.Default.ModelReport));
        return (ModelWire.FailureEvent, JsonSerializer.Serialize(ModelWire.Describe(news.Failure!), ModelWireJson.Default.WireModelFailure));
    }

    /// <summary>Reads an event; null when it is none of these.</summary>
    /// <exception cref="JsonException">Its data is not what its name says.</exception>
    public static ModelEvent? Read(string name, string data) => name switch
    {
        ModelWire.ProgressEvent => new(JsonSerializer.Deserialize(data, ModelWireJson.Default.ModelProgress), null, null),
        ModelWire.ResultEvent => new(null, JsonSerializer.Deserialize(data, ModelWireJson.Default.ModelReport), null),
        ModelWire.FailureEvent => new(null, null, ToException(JsonSerializer.Deserialize(data, ModelWireJson.Default.WireModelFailure)!)),
        _ => null,
    };

    /// <summary>The failure as an exception.</summary>
    public static ModelException ToException(WireModelFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new(failure.Fault, failure.Detail);
    }
}
