using PhotoStudio.Inference.Models;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Tests.Inference.Models;

public sealed class InProcessModelAdministrationTests : ModelAdministrationContract
{
    protected override Task<ModelAdministrationUnderTest> StartAsync(IReadOnlyList<ModelEntry> models) =>
        Task.FromResult(ModelAdministrationUnderTest.InProcess(Folder, models));
}
