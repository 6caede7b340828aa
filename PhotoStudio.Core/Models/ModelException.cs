using System.Text.Json.Serialization;
using PhotoStudio.Core.Inference.Wire;

namespace PhotoStudio.Core.Models;

/// <summary>Something could not be done with a model. The message is fit to show and says what helps.</summary>
public sealed class ModelException(ModelFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of reason it is.</summary>
    public ModelFault Fault => fault;
}

/// <summary>Why something could not be done with a model.</summary>
[JsonConverter(typeof(WireEnumConverter<ModelFault>))]
public enum ModelFault
{
    /// <summary>The catalogue has no such model.</summary>
    UnknownModel,

    /// <summary>The model is not here.</summary>
    NotInstalled,

    /// <summary>Its licence is restricted, and nobody accepts it.</summary>
    LicenceNotAccepted,

    /// <summary>It cannot be fetched; its user has to bring the file.</summary>
    UserSupplied,

    /// <summary>The file is not a model of the catalogue, or not the one that is meant.</summary>
    WrongFile,

    /// <summary>The file is not what it was when it was installed.</summary>
    Damaged,

    /// <summary>None of its addresses, or not the service that has the store, can be reached.</summary>
    Unreachable,

    /// <summary>Its addresses were reached, and none delivered the model.</summary>
    NotDelivered,

    /// <summary>The folder is full.</summary>
    NoSpace,

    /// <summary>The folder cannot be written to.</summary>
    NotWritable,
}
