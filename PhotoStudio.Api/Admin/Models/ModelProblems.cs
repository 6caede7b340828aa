using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Models;
using PhotoStudio.Core.Models.Wire;

namespace PhotoStudio.Api.Admin.Models;

/// <summary>What goes wrong with models, as problems.</summary>
internal static class ModelProblems
{
    /// <summary>The problem that a failure is.</summary>
    public static StudioProblem Of(ModelException fault) => new()
    {
        Status = ModelWire.Status(fault.Fault),
        Code = fault.Fault == ModelFault.UnknownModel ? ProblemCode.NotFound.WireName() : ModelWire.Code(fault.Fault),
        Title = ModelWire.Title(fault.Fault),
        Detail = fault.Message,
    };

    /// <summary>There is no such model.</summary>
    public static StudioProblem Unknown(string id) => Of(new(ModelFault.UnknownModel, $"The catalogue has no model '{id}'."));
}
